"""考核得分 -> rates of a branch by period, its place among others, the star and grade its rate stands for.

Periods differ in how many points could be scored (a quarter has no 述职评议), so periods and years
are compared by 得分率.
"""
